// What `azd up` uses: a small environment, told by azd's own variables.
using 'main.bicep'

param stage = 'dev'
param location = readEnvironmentVariable('AZURE_LOCATION', 'francecentral')
param operatorEmails = [readEnvironmentVariable('EMARGEMENT_OPERATOR_EMAIL', 'operator@emargement.example')]
param operatorPrincipalId = readEnvironmentVariable('AZURE_PRINCIPAL_ID', '')
param lockedContainers = readEnvironmentVariable('EMARGEMENT_LOCKED_CONTAINERS', '')
param existingRuleId = readEnvironmentVariable('EMARGEMENT_EXISTING_RULE_ID', '')
param immutabilityDays = 1
param recoveryDays = 7
param budget = { amount: 30, from: readEnvironmentVariable('EMARGEMENT_BUDGET_FROM', '') }
