# shellcheck shell=bash
# Sourced by infra/deploy: the app's settings, written once the vault holds what they point to. Azure does not try a reference again that
# failed, and the app does not start without it: so they are fetched and waited for before anything is published.

settings() {
  part 'Settings'
  local file=.tools/settings.json try waiting
  read_outputs
  echo "? az deployment group show --name $deployment --query properties.outputs.appSettings.value >$file"
  mkdir -p .tools
  $dry || az deployment group show --resource-group "$group" --name "$deployment" \
    --query properties.outputs.appSettings.value --output json >"$file"
  wait_for_running emargement-settings
  step az deployment group create --resource-group "$group" --name emargement-settings --template-file infra/settings.bicep \
    --parameters "appName=$app" "settings=@$file" --output none

  for ((try = 1; try <= tries; try++)); do
    step az rest --method post --url "$app_id/config/configreferences/appsettings/refresh?api-version=2022-03-01" --output none
    if $dry; then return; fi
    waiting=$(unresolved_references)
    if [ -z "$waiting" ]; then
      echo 'The app reads every secret that its settings point to.'
      return
    fi
    echo "Not read yet: $waiting. Asking again in $seconds_between seconds ($try of $tries)."
    sleep "$seconds_between"
  done
  refuse "After ten minutes the app still cannot read: $waiting." \
    "SecretNotFound: infra/deploy $stage --only keys. AccessToKeyVaultDenied: infra/deploy $stage --only provision gives the right."
}

# The settings that point to the vault and are not resolved, with Azure's word for why; empty when all are.
unresolved_references() {
  local answer settings setting state found=''
  settings=$(az functionapp config appsettings list --resource-group "$group" --name "$app" \
    --query "[?value && starts_with(value, '@Microsoft.KeyVault')].name" --output tsv)
  answer=$(az rest --method get --url "$app_id/config/configreferences/appsettings?api-version=2022-03-01" \
    --query 'value[].[id, properties.status]' --output tsv)
  for setting in $settings; do
    state=$(sed -n "s|^.*/$setting\t\(.*\)$|\1|Ip" <<<"$answer")
    if [ "$state" != Resolved ]; then found+="${found:+, }$setting (${state:-not asked for yet})"; fi
  done
  echo "$found"
}
