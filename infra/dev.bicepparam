// For one developer or one trial: cheap, everything can be thrown away after a day.
using 'main.bicep'

param stage = 'dev'
param operatorEmails = [readEnvironmentVariable('EMARGEMENT_OPERATOR_EMAIL', 'operator@emargement.example')]
param operatorPrincipalId = readEnvironmentVariable('EMARGEMENT_OPERATOR_PRINCIPAL_ID', '')
param lockedContainers = readEnvironmentVariable('EMARGEMENT_LOCKED_CONTAINERS', '')
param existingRuleId = readEnvironmentVariable('EMARGEMENT_EXISTING_RULE_ID', '')
param immutabilityDays = 1
param recoveryDays = 7
// No placement is real here: the journeys travel one in a minute.
param rehearsalDaySeconds = 5
param budget = { amount: 30, from: readEnvironmentVariable('EMARGEMENT_BUDGET_FROM', '') }
