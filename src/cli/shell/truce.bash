# Completion of truce for bash: the program itself says what may come.
_truce() {
  local IFS=$'\n'
  # Bash parts words at '='; what stands behind one is a value, of which nothing is known.
  [[ ${COMP_WORDS[COMP_CWORD]} == = || ${COMP_WORDS[COMP_CWORD - 1]} == = ]] && return
  COMPREPLY=($(truce complete "$COMP_CWORD" -- "${COMP_WORDS[@]:0:COMP_CWORD}" \
    "${COMP_WORDS[COMP_CWORD]}" 2>/dev/null))
  if ((${#COMPREPLY[@]} == 0)); then
    compopt -o default  # files
  elif [[ ${COMPREPLY[0]} == *= ]]; then
    compopt -o nospace
  fi
}
complete -F _truce truce
