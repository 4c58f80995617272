# Completes candor(1) in bash 4 and later; 'candor completion bash' wrote it.

# What can stand at "COMMAND PLACE": PLACE is an option that takes a value, the
# number of an operand, or '-' for any option.  False where nothing is known.
_candor_place() {
@bash-options@

	case "$1 $2" in
@bash-places@
	*) return 1 ;;
	esac
}

_candor() {
	local cur= command= option= literal= kind= words= i operand=1

	for ((i = 1; i <= COMP_CWORD; i++)); do
		cur=${COMP_WORDS[i]}
		if [[ $cur == = && $option ]]; then
			cur= # "--name=value" comes as three words
		elif ((i == COMP_CWORD)); then
			break
		elif [[ $option ]]; then
			option=
		elif [[ $cur == -?* && ! $literal ]]; then
			[[ $cur != -- ]] || literal=1
			! _candor_place "$command" "$cur" || option=$cur
		elif [[ ! $command ]]; then
			command=$cur
		else
			((operand++))
		fi
	done
	kind= COMPREPLY=()
	if [[ $option ]]; then
		_candor_place "$command" "$option"
	elif [[ $cur == -* && ! $literal ]]; then
		_candor_place "$command" -
	else
		_candor_place "$command" "$operand"
	fi
	case $kind in
	files) compopt -o default ;;
	folders) compopt -o dirnames ;;
	words) mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur") ;;
	esac
}

complete -F _candor candor
