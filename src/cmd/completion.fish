# Completes candor(1) in fish 3 and later; 'candor completion fish' wrote it.

# The command and its operands, up to the word at hand: neither options nor values.
function __candor_words
    set -l words (commandline -opc)
    set -e words[1]
    set -l command ''
    set -l state options
    for word in $words
        if test $state = value
            set state options
            continue
        end
        if test $state = options; and string match -q -- '-?*' $word
            switch "$command $word"
                case '* --'
                    set state operands
@fish-values@
                    set state value
            end
            continue
        end
        test -n "$command"; or set command $word
        echo $word
    end
end

# Whether the word at hand is an operand of the command, and its number so.
function __candor_at --argument-names command compare number
    set -l words (__candor_words)
    test "$words[1]" = "$command"; and test (count $words) $compare $number
end

complete -c candor -f
@fish-all@
