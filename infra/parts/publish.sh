# shellcheck shell=bash
# Sourced by infra/deploy: the package of a commit, its publication and the proof that it answers.

# Builds the package of this commit, unless another was given.
package() {
  part 'Package'
  local built=.tools/publish commit
  if [ -n "$package" ]; then
    echo "Nothing is built: $package was given."
    return
  fi
  commit=$(git rev-parse HEAD)
  package=$PWD/.tools/releases/$commit.zip
  step rm -rf "$built" "$package"
  step mkdir -p .tools/releases
  step dotnet publish functions/Emargement.Functions -c Release -o "$built" --nologo
  # Without these the host would find no function and say so nowhere.
  $dry || { [ -f "$built/host.json" ] && [ -d "$built/.azurefunctions" ]; } ||
    refuse 'The published folder lacks host.json or .azurefunctions.'
  # Under its own name only once it is whole.
  step_in "$built" zip -qr "$package.part" .
  step mv "$package.part" "$package"
  echo "Package kept for a rollback: $package"
}

publish() {
  part 'Application'
  local commit
  if [ -z "$package" ]; then
    commit=$(git rev-parse HEAD)
    package=$PWD/.tools/releases/$commit.zip
    $dry || [ -f "$package" ] || refuse "There is no package of this commit: infra/deploy $stage --only package makes it."
  fi
  read_outputs
  step az functionapp deployment source config-zip --resource-group "$group" --name "$app" --src "$package" --output none
}

# At Azure's own address: a domain of one's own may not point here yet.
smoke() {
  part 'Smoke test'
  local key='' waiting
  read_outputs
  if [ "$stage" != prod ] || $journeys; then
    # Asked for before the waiting: a pipeline's sign-in asks for nothing new after five minutes.
    learn key '' patiently az keyvault secret show --vault-name "$vault" --name operator-key --query value
  fi
  echo "+ curl $default_url/api/ready"
  if ! $dry && ! answers "$default_url/api/ready"; then
    waiting=$(unresolved_references)
    [ -z "$waiting" ] || refuse "The app does not answer, and cannot read: $waiting. infra/deploy $stage --only keys, then --only settings."
    refuse 'The app does not answer, though it reads all its secrets: docs/operations.md, "app-silent", or roll back ("Rollback").'
  fi
  if [ "$public_url" != "$default_url" ] && ! $dry && ! curl --silent --fail --max-time 30 --output /dev/null "$public_url/api/ready"; then
    echo "$public_url does not answer yet, Azure's own address does: docs/operations.md, \"A domain of your own\"."
  fi

  if [ "$stage" = prod ] && ! $journeys; then
    echo 'The journeys leave an organisation and sealed documents behind: in prod they travel only with --journeys.'
    return
  fi
  local -a journey=(dotnet test --project tests/Emargement.Journeys --filter-not-trait Server=own)
  echo "+ EMARGEMENT_URL=$default_url EMARGEMENT_OPERATOR_KEY=(from the vault) ${journey[*]}"
  $dry || EMARGEMENT_URL=$default_url EMARGEMENT_OPERATOR_KEY=$key "${journey[@]}"
}

answers() {
  curl --silent --show-error --fail --retry 30 --retry-delay 10 --retry-all-errors --max-time 30 --output /dev/null "$1"
}

what_to_do_next() {
  part 'What to do next'
  read_outputs
  cat <<TEXT
- Open $public_url: the page to choose an organisation.
- Make the first organisation: POST /api/organisations with the header X-Operator-Key, whose value is
  az keyvault secret show --vault-name $vault --name operator-key --query value -o tsv
- Certificates announce their end to the vault's contacts: az keyvault certificate contact add --vault-name $vault --email you@your-domain
- A domain of your own, for pages and for mails: docs/operations.md, "A domain of your own" and "Mail domain".
- Lock the retention when the environment is real (nobody can undo it): docs/operations.md, "Retention".
TEXT
}
