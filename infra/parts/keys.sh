# shellcheck shell=bash
# Sourced by infra/deploy: what the vault must hold. What is there is never written again: another protection key makes the key ring
# unreadable, and another operator key locks out whoever has the old one.

keys() {
  part 'Keys'
  local certificates secrets in_a_dry_run=''
  if [ "$stage" = prod ]; then in_a_dry_run=seal; fi
  read_outputs
  learn certificates "$in_a_dry_run" patiently az keyvault certificate list --vault-name "$vault" --query '[].name'
  learn secrets '' patiently az keyvault secret list --vault-name "$vault" --query '[].name'

  is_in "$certificates" protection || make_certificate protection
  is_in "$secrets" operator-key || make_operator_key
  if ! is_in "$certificates" seal; then
    # Whoever seals legal documents answers for the certificate: it is never made up.
    [ "$stage" != prod ] || refuse "The vault $vault has no certificate 'seal'. Import the organisation's:" \
      "az keyvault certificate import --vault-name $vault --name seal --file seal.pfx"
    make_certificate seal
  fi
}

make_certificate() {
  step patiently az keyvault certificate create --vault-name "$vault" --name "$1" --policy "@infra/certificates/$1.json" --output none
}

# The key is never a word of a command, where other processes would read it.
make_operator_key() {
  local key
  echo "+ az keyvault secret set --vault-name $vault --name operator-key --file (48 random characters)"
  if $dry; then return; fi
  key=$(openssl rand -base64 36)
  [ ${#key} -eq 48 ] || refuse 'openssl gave no key.'
  patiently set_operator_key "$key"
}

set_operator_key() {
  az keyvault secret set --vault-name "$vault" --name operator-key --file <(printf %s "$1") --encoding utf-8 --output none
}
