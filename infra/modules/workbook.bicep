// One page on how the system does: the figures of the domain, errors, latency, ages of import and export, mails.

param location string
param tags object
param name string
param workspaceId string

resource workbook 'Microsoft.Insights/workbooks@2023-06-01' = {
  name: guid(resourceGroup().id, name)
  location: location
  tags: tags
  kind: 'shared'
  properties: {
    displayName: 'Emargement ${name}'
    category: 'workbook'
    sourceId: workspaceId
    version: 'Notebook/1.0'
    serializedData: replace(loadTextContent('../workbook.json'), '{workspace}', workspaceId)
  }
}
