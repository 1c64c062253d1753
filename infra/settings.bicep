// The app's settings, written once its rights and the vault's secrets are there: Azure does not try a reference again that failed.
// They replace those of before.
metadata description = 'App settings of an environment that main.bicep made; infra/deploy --only settings deploys it.'

param appName string

@description('Output appSettings of main.bicep: values and references to the vault, no secret.')
param settings object

resource app 'Microsoft.Web/sites@2024-04-01' existing = {
  name: appName
}

resource configured 'Microsoft.Web/sites/config@2024-04-01' = {
  parent: app
  name: 'appsettings'
  properties: settings
}
