# shellcheck shell=bash
# Sourced by infra/deploy: the resource group, infra/main.bicep in it, and the locks that a template cannot make.

provision() {
  look
  part 'Infrastructure'
  $group_exists || step az group create --name "$group" --location "$location" --output none
  group_exists=true
  step env \
    "EMARGEMENT_LOCKED_CONTAINERS=$locked" "EMARGEMENT_BUDGET_FROM=$budget_from" "EMARGEMENT_EXISTING_RULE_ID=$rule" \
    az deployment group create --resource-group "$group" --name emargement --parameters "infra/$stage.bicepparam" --output none
  deployment=''
  read_outputs
  if [ "$lock_immutability" = true ]; then lock_retention; fi
  # The template has put the number of instances outside of peaks; the timetable puts the one that the clock wants.
  [ -z "$timetable_id" ] || step az rest --method post --output none \
    --url "$timetable_id/triggers/WorkingDays/run?api-version=2016-06-01"
}

# Each container by itself: a run that was cut may have locked some of them.
lock_retention() {
  local container state etag
  for container in $immutable_containers; do
    local -a which=(--resource-group "$group" --account-name "$record" --container-name "$container")
    learn state Unlocked az storage container immutability-policy show "${which[@]}" --query state
    case $state in
      Locked) echo "The retention of $container is locked." ;;
      Unlocked)
        learn etag ETAG az storage container immutability-policy show "${which[@]}" --query etag
        step az storage container immutability-policy lock "${which[@]}" --if-match "$etag" --output none
        ;;
      *) refuse "The container $container has no retention to lock: infra/deploy $stage --only provision makes it." ;;
    esac
  done
}
