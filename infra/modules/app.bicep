// The Flex Consumption plan and the app on it, without its settings: those are an output, and a test compares them with what the code
// reads.

param location string
param tags object
param name string
param identityId string
param identityClientId string
param hostingName string
param packagesUrl string
param insightsConnection string

@description('Settings that the code reads, by name.')
param settings object

@description('Instances always ready for HTTP calls; peaks may raise it for hours.')
param alwaysReadyHttp int

@description('Instances always ready for orchestrations.')
param alwaysReadyDurable int

param maximumInstances int

@allowed([512, 2048, 4096])
param instanceMemoryMB int

@description('Subnet of the app; empty without a network.')
param subnetId string

var ready = filter(
  [
    { name: 'http', instanceCount: alwaysReadyHttp }
    { name: 'durable', instanceCount: alwaysReadyDurable }
  ],
  group => group.instanceCount > 0
)

resource plan 'Microsoft.Web/serverfarms@2024-04-01' = {
  name: 'plan-${name}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
  }
}

resource app 'Microsoft.Web/sites@2024-04-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'app' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    // Flex Consumption refuses what it does not know, such as ftpsState: it has no FTP. A test keeps the list.
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        alwaysReady: ready
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemoryMB
      }
    }
  }

  // Publishing is by identity, never by a password.
  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: {
      allow: false
    }
  }
}

output name string = app.name
output id string = app.id
output host string = app.properties.defaultHostName
// Those that the code reads, the Functions host and Azure's libraries. infra/settings.bicep writes them once the vault has what they
// point to.
output settings object = union(settings, {
  // The host's own storage, and Durable's, with the app's identity.
  AzureWebJobsStorage__accountName: hostingName
  AzureWebJobsStorage__credential: 'managedidentity'
  AzureWebJobsStorage__clientId: identityClientId
  // host.json takes the prefix away from routes; the app has its own page at the root.
  AzureWebJobsDisableHomepage: 'true'
  // The host believes its front end's word of who calls: else all clients would be one network. The app does not start without it.
  ASPNETCORE_FORWARDEDHEADERS_ENABLED: 'true'
  // Which identity the code's DefaultAzureCredential takes.
  AZURE_CLIENT_ID: identityClientId
  APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnection
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
})
