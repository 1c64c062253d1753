// Every right that anybody gets, in one place. A scope is the one resource that the right is about.

param recordName string
param hostingName string
param vaultName string
param communicationName string
param insightsName string
param appName string

@description('Principal of the app\'s identity.')
param appPrincipalId string

@description('Whether an identity changes the always-ready instances, and its principal.')
param hasPeaks bool
param peaksPrincipalId string

@description('Who imports certificates and makes the operator\'s key; empty for nobody.')
param operatorPrincipalId string

// Built-in roles; a test compares each with the list in its source.
var roles = {
  'Storage Blob Data Owner': 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b'
  'Storage Blob Data Contributor': 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'
  'Storage Queue Data Contributor': '974c5e8b-45b9-4653-ba55-5f855dd0fb88'
  'Storage Table Data Contributor': '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  'Key Vault Secrets User': '4633458b-17de-408a-b874-0445c86b69e6'
  'Key Vault Secrets Officer': 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7'
  'Key Vault Certificates Officer': 'a4417e6f-fecd-4de8-b567-7b0420556985'
  'Communication and Email Service Owner': '09976791-48a7-449e-bb21-39d1a415f350'
  'Monitoring Metrics Publisher': '3913510d-42f4-4e42-8a64-420c390055eb'
}

resource record 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: recordName
}

resource hosting 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: hostingName
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' existing = {
  name: vaultName
}

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' existing = {
  name: communicationName
}

resource insights 'Microsoft.Insights/components@2020-02-02' existing = {
  name: insightsName
}

resource site 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

// The record: rows and documents, but neither the account's settings nor the retention of its containers.
resource appRecord 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in ['Storage Blob Data Contributor', 'Storage Table Data Contributor']: {
    scope: record
    name: guid(record.id, 'app', role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[role])
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

// What the Functions host documents for an AzureWebJobsStorage without keys, and Durable's queues and tables.
resource appHosting 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in ['Storage Blob Data Owner', 'Storage Queue Data Contributor', 'Storage Table Data Contributor']: {
    scope: hosting
    name: guid(hosting.id, 'app', role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[role])
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

resource appVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: vault
  name: guid(vault.id, 'app', 'Key Vault Secrets User')
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles['Key Vault Secrets User'])
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Sending is no right of its own there: Communication Services honours this built-in role and no custom one.
resource appMail 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: communication
  name: guid(communication.id, 'app', 'Communication and Email Service Owner')
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles['Communication and Email Service Owner']
    )
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

resource appTelemetry 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: insights
  name: guid(insights.id, 'app', 'Monitoring Metrics Publisher')
  properties: {
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles['Monitoring Metrics Publisher']
    )
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Website Contributor could publish code and read the app's settings. Making a role takes User Access Administrator.
resource peaksRole 'Microsoft.Authorization/roleDefinitions@2022-04-01' = if (hasPeaks) {
  name: guid(site.id, 'peaks')
  properties: {
    roleName: 'Emargement peaks of ${appName}'
    description: 'Changes the always-ready instances of the app.'
    type: 'CustomRole'
    permissions: [
      {
        actions: ['Microsoft.Web/sites/read', 'Microsoft.Web/sites/write']
        notActions: []
        dataActions: []
        notDataActions: []
      }
    ]
    assignableScopes: [resourceGroup().id]
  }
}

resource peaksSite 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (hasPeaks) {
  scope: site
  name: guid(site.id, 'peaks', 'changes always-ready instances')
  properties: {
    roleDefinitionId: peaksRole.id
    principalId: peaksPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// A person, a group or a pipeline: its kind is the directory's to say.
resource operatorVault 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in ['Key Vault Certificates Officer', 'Key Vault Secrets Officer']: if (!empty(operatorPrincipalId)) {
    scope: vault
    name: guid(vault.id, operatorPrincipalId, role)
    properties: {
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles[role])
      principalId: operatorPrincipalId
    }
  }
]
