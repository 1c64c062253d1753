# shellcheck shell=bash
# Sourced by infra/deploy: what exists already and the template must know. infra/*.bicepparam take it from the environment.

look() {
  part 'What exists'
  local resources protected container state
  record='' locked='' budget_from='' rule=''
  find_group
  if ! $group_exists; then
    echo "Nothing: the resource group $group is not there."
    return
  fi

  wait_for_running emargement
  # The rule that cuts addresses out of telemetry stays bound to the workspace while the template runs.
  learn resources '' az resource list --resource-group "$group" --query '[].id'
  record=$(sed -n "s|^.*/Microsoft.Storage/storageAccounts/\(.*${stage}rec.*\)$|\1|Ip" <<<"$resources")
  rule=$(sed -n "s|^.*/Microsoft.Insights/dataCollectionRules/dcr-log-.*-$stage$|&|Ip" <<<"$resources")

  # A locked retention refuses to be written again; a container that came later still needs its own.
  if [ -n "$record" ]; then
    learn protected '' az storage container-rm list --resource-group "$group" --storage-account "$record" \
      --query '[?hasImmutabilityPolicy].name'
    for container in $protected; do
      learn state '' az storage container immutability-policy show --resource-group "$group" --account-name "$record" \
        --container-name "$container" --query state
      if [ "$state" = Locked ]; then locked+=${locked:+,}$container; fi
    done
  fi

  # A budget keeps the month in which it began; a new one cannot begin in the past.
  learn budget_from '' az rest --method get --query "value[?ends_with(name, '-$stage')].properties.timePeriod.startDate | [0]" \
    --url "/subscriptions/{subscriptionId}/resourceGroups/$group/providers/Microsoft.Consumption/budgets?api-version=2023-11-01"
  budget_from=${budget_from%%T*}
}

# One NAME=value a line, as the parameters read them; empty stands for "not there".
print_what_exists() {
  echo "EMARGEMENT_LOCKED_CONTAINERS=$locked"
  echo "EMARGEMENT_BUDGET_FROM=$budget_from"
  echo "EMARGEMENT_EXISTING_RULE_ID=$rule"
}
