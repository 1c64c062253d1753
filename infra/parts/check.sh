# shellcheck shell=bash
# Sourced by infra/deploy: what is looked at before anything is changed.

check() {
  part 'Checks'
  check_mail_client
  check_tools
  case $1 in
    package) check_checkout ;;
    everything | provision)
      check_checkout
      check_sign_in
      check_operator
      check_rights
      check_registrations
      ;;
    *) check_sign_in ;;
  esac
}

# Without the mail client's package, whatever is deployed would send no mail.
check_mail_client() {
  [ "${AzureCommunicationEmail:-package}" = package ] ||
    refuse "AzureCommunicationEmail=$AzureCommunicationEmail cannot be deployed: it declares the mail client without behaviour." \
      "Unset it, on a machine whose registry serves Azure.Communication.Email."
  export AzureCommunicationEmail=package
}

check_tools() {
  local tool version
  echo '? tools: az 2.60 or later, dotnet 10, zip, openssl, curl, git'
  if $dry; then return; fi
  for tool in az dotnet zip openssl curl git; do
    command -v "$tool" >/dev/null || refuse "$tool is missing: install it, then run this again."
  done
  version=$(dotnet --version)
  [[ $version == 10.* ]] || refuse 'The .NET 10 SDK is missing.'
  version=$(az version --query '"azure-cli"' --output tsv)
  printf '2.60.0\n%s\n' "$version" | sort -VC || refuse 'The Azure CLI is older than 2.60: update it (az upgrade).'
}

# What is deployed has a commit's name, so it must be that commit.
check_checkout() {
  local changes
  echo '? git status --porcelain'
  if $dry || [ -n "$package" ]; then return; fi
  changes=$(git status --porcelain)
  [ -z "$changes" ] ||
    refuse "This checkout has changes that no commit holds: commit them, or put them aside (git stash --include-untracked)."$'\n'"$changes"
}

check_sign_in() {
  echo '? az account show'
  $dry || az account show --output none || refuse 'Sign in first: az login.'
}

# Alerts that reach nobody are none.
check_operator() {
  echo '? EMARGEMENT_OPERATOR_EMAIL, EMARGEMENT_OPERATOR_PRINCIPAL_ID'
  if $dry; then return; fi
  case ${EMARGEMENT_OPERATOR_EMAIL:-} in
    *@*.example | *@example.* | '') refuse 'Set EMARGEMENT_OPERATOR_EMAIL to your address: alerts and news of the budget go there.' ;;
    *@*) ;;
    *) refuse "EMARGEMENT_OPERATOR_EMAIL is no address: '$EMARGEMENT_OPERATOR_EMAIL'." ;;
  esac
  [ -n "${EMARGEMENT_OPERATOR_PRINCIPAL_ID:-}" ] ||
    echo 'EMARGEMENT_OPERATOR_PRINCIPAL_ID is not set: nobody is given a right on the vault, and "keys" works for those who have one.'
}

# Contributor cannot give rights, and RBAC Administrator cannot lock: a deployment that lacks either would stop half-way.
check_rights() {
  local scope="/subscriptions/{subscriptionId}" permissions right
  local -a rights=(Microsoft.Resources/deployments/write Microsoft.Authorization/roleAssignments/write) missing=()
  if grep -q '^param lockAgainstDeletion = true' "infra/$stage.bicepparam"; then
    rights+=(Microsoft.Authorization/locks/write)
  fi
  if grep -q '^param peaks = ' "infra/$stage.bicepparam"; then rights+=(Microsoft.Authorization/roleDefinitions/write); fi
  find_group
  if $group_exists; then
    scope+="/resourceGroups/$group"
  else
    rights+=(Microsoft.Resources/subscriptions/resourceGroups/write)
  fi
  learn permissions '' az rest --method get --url "$scope/providers/Microsoft.Authorization/permissions?api-version=2022-04-01" \
    --query "value[].[join(',', actions || \`[]\`), join(',', notActions || \`[]\`)]"
  for right in "${rights[@]}"; do
    $dry || allows "$permissions" "$right" || missing+=("$right")
  done
  [ ${#missing[@]} -eq 0 ] ||
    refuse "Whoever is signed in may not do this here: ${missing[*]}." \
      'Contributor and the role of infra/deployer-role.json have all that is needed: docs/operations.md, "Rights".' \
      'A new right takes some minutes to arrive.'
}

# Whether one of the permissions, a line each of actions, a tab and exceptions, has a right. Both are patterns; Azure's names know no case.
allows() {
  local actions exceptions
  while IFS=$'\t' read -r actions exceptions; do
    if matches "$actions" "$2" && ! matches "$exceptions" "$2"; then return; fi
  done <<<"$1"
  return 1
}

matches() {
  local pattern
  local -a patterns
  IFS=, read -ra patterns <<<"${1,,}"
  for pattern in "${patterns[@]}"; do
    # shellcheck disable=SC2053
    if [[ ${2,,} == $pattern ]]; then return; fi
  done
  return 1
}

# A deployment registers what its resources are of; a subnet's delegation is no resource.
check_registrations() {
  local registered
  [ -n "${EMARGEMENT_NETWORK_PREFIX:-}" ] || return 0
  learn registered Microsoft.App az provider list --query "[?registrationState=='Registered'].namespace"
  is_in "$registered" Microsoft.App ||
    refuse 'A network needs Microsoft.App registered in the subscription: az provider register --namespace Microsoft.App --wait'
}
