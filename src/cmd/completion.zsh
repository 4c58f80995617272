#compdef candor
# Completes candor(1) in zsh; 'candor completion zsh' wrote it.

_candor() {
	local curcontext=$curcontext state line
	typeset -A opt_args
	local -a all=(
@zsh-options@
	)
	local -a commands=(
@zsh-commands@
	)

	_arguments -C -s -S $all '(-): :->command' '(-)*:: :->operands' && return
	if [[ $state == command ]]; then
		_describe command commands
		return
	fi
	curcontext=${curcontext%:*:*}:candor-$words[1]:
	case $words[1] in
@zsh-operands@
	esac
}

# Loaded by compinit, or read as it is.
if [[ $funcstack[1] == _candor ]]; then
	_candor "$@"
else
	compdef _candor candor
fi
