// The workspace of all telemetry. Declared twice by monitoring.bicep: the transformation needs the workspace, and the workspace then
// names the transformation.

param location string
param tags object
param name string
param retentionDays int

@description('Gigabytes a day after which logs are no longer taken in: a fault in a loop must not cost a month.')
param dailyCapGb int

@description('Rule that every row passes before it is kept; empty before there is one.')
param ruleId string

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    sku: {
      name: 'PerGB2018'
    }
    retentionInDays: retentionDays
    features: {
      disableLocalAuth: true
    }
    workspaceCapping: {
      dailyQuotaGb: dailyCapGb
    }
    defaultDataCollectionRuleResourceId: empty(ruleId) ? null : ruleId
  }
}

output id string = workspace.id
