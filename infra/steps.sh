# Sourced by infra/deploy: how a step is said, taken or only shown. Reads $dry, $group and $stage.

refuse() {
  echo "$*" >&2
  exit 1
}

part() {
  echo
  echo "== $* =="
}

# Says a command and runs it; with --dry-run it only says it.
step() {
  echo "+ $*"
  $dry || "$@"
}

step_in() {
  local folder=$1
  shift
  echo "+ (in $folder) $*"
  $dry || (cd "$folder" && "$@")
}

# Sets a variable to what a question answers; empty when there is nothing. With --dry-run: to a word that stands for it.
learn() {
  local -n answer=$1
  local stands=$2
  shift 2
  echo "? $*"
  if $dry; then answer=$stands; else answer=$("$@" --output tsv 2>/dev/null) || answer=''; fi
}

# An output of the last deployment.
output() {
  if $dry; then
    case $1 in
      lockImmutability) if [ "$stage" = prod ]; then echo "${EMARGEMENT_LOCK_IMMUTABILITY:-false}"; else echo false; fi ;;
      url) echo 'https://APP.azurewebsites.net' ;;
      appId) echo '/subscriptions/S/resourceGroups/G/providers/Microsoft.Web/sites/APP' ;;
      *) echo "$1" | tr '[:lower:]' '[:upper:]' ;;
    esac
    return
  fi
  local value
  value=$(az deployment group show --resource-group "$group" --name emargement --query "properties.outputs.$1.value" --output tsv)
  [ -n "$value" ] || refuse "The deployment 'emargement' of $group has no output $1: provision first."
  # The CLI writes booleans as True and False.
  case $value in True | False) echo "${value,,}" ;; *) echo "$value" ;; esac
}

# Whether the vault holds a certificate or secret of that name. With --dry-run it holds none, except the one that prod must be given.
has() {
  if $dry; then
    echo "? az keyvault $1 show --vault-name $2 --name $3" >&2
    [ "${stage:-}/$3" = prod/seal ]
  else
    az keyvault "$1" show --vault-name "$2" --name "$3" --output none 2>/dev/null
  fi
}
