# shellcheck shell=bash
# Sourced by infra/deploy: how a step is said, taken or only shown. Reads $dry, $group and $stage.
# A command whose answer is kept stands alone on the line of its assignment: there a failure stops the script. Beside a second command, in a
# test or in a declaration it would not; ShellTests looks for those.

# A new right reaches Azure's services within ten minutes: so long something is asked for again.
tries=40
seconds_between=15
doing=''
deployment=''

refuse() {
  echo "$*" >&2
  exit 1
}

part() {
  doing=$*
  echo
  echo "== $* =="
}

# Whatever stops a part, the last line says how it goes on.
say_how_to_go_on() {
  local code=$?
  if [ "$code" -ne 0 ] && [ -n "$doing" ]; then
    echo "Stopped in \"$doing\". What is done stays: mend what is said above, then run again: $called" >&2
  fi
}

# Says a command and runs it; with --dry-run it only says it.
step() {
  local words="$*"
  echo "+ ${words#patiently }"
  $dry || "$@"
}

step_in() {
  local folder=$1
  shift
  echo "+ (in $folder) $*"
  $dry || (cd "$folder" && "$@")
}

# Sets a variable to what a question answers; with --dry-run to a word that stands for it. Nothing is absent because its question failed:
# that stops the script. So names are listed, and what is not in the list does not exist.
learn() {
  local -n answer=$1
  local dry_answer=$2
  shift 2
  local words="$*"
  echo "? ${words#patiently }"
  if $dry; then
    answer=$dry_answer
  else
    answer=$("$@" --output tsv)
  fi
}

# Whether a list, one a line, has a name. Azure's names know no case.
is_in() {
  grep -qixF -- "$2" <<<"$1"
}

# Runs a command that needs a right on the vault, again while that right is new. Its answer goes to standard output, what is said of the
# waiting to standard error.
patiently() {
  local said try
  said=$(mktemp)
  for ((try = 1; try <= tries; try++)); do
    if "$@" 2>"$said"; then
      rm "$said"
      return
    fi
    if grep -qE 'ForbiddenBy(Connection|Firewall)' "$said"; then
      cat "$said" >&2
      rm "$said"
      refuse 'The vault is closed to this machine. Run this part from inside the network: docs/operations.md, "Private network".'
    fi
    if ! grep -q ForbiddenByRbac "$said"; then
      cat "$said" >&2
      rm "$said"
      return 1
    fi
    echo "The vault does not know your right yet; asking again in $seconds_between seconds ($try of $tries)." >&2
    sleep "$seconds_between"
  done
  cat "$said" >&2
  rm "$said"
  refuse 'The vault still refuses after ten minutes. EMARGEMENT_OPERATOR_PRINCIPAL_ID gives the right: set it to the object id of whoever' \
    "runs this, then infra/deploy $stage --only provision."
}

# Looks once whether the resource group exists.
find_group() {
  local groups
  [ -z "${group_exists:-}" ] || return 0
  learn groups '' az group list --query '[].name'
  group_exists=false
  if is_in "$groups" "$group"; then group_exists=true; fi
}

# Reads the outputs of the newest deployment of infra/main.bicep. azd gives its own names, so it is known by its outputs.
read_outputs() {
  local ours="properties.provisioningState=='Succeeded' && properties.outputs.vaultName && properties.outputs.appSettings"
  local wanted='appName.value, appId.value, defaultUrl.value, url.value, recordName.value, vaultName.value, lockImmutability.value'
  local stands said
  [ -z "$deployment" ] || return 0
  if ! $dry; then
    find_group
    $group_exists || refuse "There is no resource group $group yet: infra/deploy $stage --only provision makes it."
  fi
  learn deployment emargement az deployment group list --resource-group "$group" --query "sort_by([?$ours], &properties.timestamp)[-1].name"
  [ -n "$deployment" ] || refuse "Nothing is deployed in $group yet: infra/deploy $stage --only provision does it."
  stands=$(outputs_of_a_dry_run)
  learn said "$stands" az deployment group show --resource-group "$group" --name "$deployment" \
    --query "properties.outputs.[$wanted, timetableId.value, join(' ', immutableContainers.value)]"
  {
    read -r app
    read -r app_id
    read -r default_url
    read -r public_url
    read -r record
    read -r vault
    read -r lock_immutability
    read -r timetable_id
    read -r immutable_containers
  } <<<"$said"
}

outputs_of_a_dry_run() {
  local url=https://APP.azurewebsites.net lock=false timetable=''
  if [ "$stage" = prod ]; then
    lock=${EMARGEMENT_LOCK_IMMUTABILITY:-false}
    timetable=/subscriptions/S/resourceGroups/G/providers/Microsoft.Logic/workflows/PEAKS
  fi
  printf '%s\n' APP /subscriptions/S/resourceGroups/G/providers/Microsoft.Web/sites/APP "$url" "$url" \
    RECORD VAULT "$lock" "$timetable" 'sheets evidence papers exports'
}

# A run that was cut leaves its deployment under way, and Azure refuses a second one of that name.
wait_for_running() {
  local running
  learn running '' az deployment group list --resource-group "$group" \
    --query "[?name=='$1' && (properties.provisioningState=='Running' || properties.provisioningState=='Accepted')].name"
  [ -z "$running" ] || step az deployment group wait --resource-group "$group" --name "$1" \
    --custom "properties.provisioningState!='Running' && properties.provisioningState!='Accepted'"
}
