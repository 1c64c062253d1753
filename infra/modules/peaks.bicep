// Flex Consumption knows always-ready instances but no timetable for them. These small workflows give one: on working days each writes
// another number of always-ready instances into the app's scale settings, and nothing else of them.

param location string
param tags object
param name string
param siteId string
param identityId string

@description('Windows\' name of the zone that the hours are in.')
param timeZone string

@description('Hours of the day, HH:mm, with the instances ready for HTTP calls between them.')
param peaks { from: string, until: string, instances: int }[]

@description('Instances outside of peaks.')
param alwaysReadyHttp int
param alwaysReadyDurable int

var site = '${environment().resourceManager}${substring(siteId, 1)}?api-version=2024-04-01'
var changes = flatten(map(peaks, peak => [
  { at: peak.from, instances: peak.instances }
  { at: peak.until, instances: alwaysReadyHttp }
]))

resource workflows 'Microsoft.Logic/workflows@2019-05-01' = [
  for change in changes: {
    name: 'peak-${name}-${replace(change.at, ':', '')}'
    location: location
    tags: tags
    identity: {
      type: 'UserAssigned'
      userAssignedIdentities: {
        '${identityId}': {}
      }
    }
    properties: {
      state: 'Enabled'
      definition: {
        '$schema': 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#'
        contentVersion: '1.0.0.0'
        triggers: {
          WorkingDays: {
            type: 'Recurrence'
            recurrence: {
              frequency: 'Week'
              interval: 1
              timeZone: timeZone
              schedule: {
                weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
                hours: [split(change.at, ':')[0]]
                minutes: [int(split(change.at, ':')[1])]
              }
            }
          }
        }
        actions: {
          Ready: {
            type: 'Compose'
            inputs: filter(
              [
                { name: 'http', instanceCount: change.instances }
                { name: 'durable', instanceCount: alwaysReadyDurable }
              ],
              group => group.instanceCount > 0
            )
          }
          Read: {
            type: 'Http'
            runAfter: {
              Ready: ['Succeeded']
            }
            inputs: {
              method: 'GET'
              uri: site
              authentication: {
                type: 'ManagedServiceIdentity'
                identity: identityId
                audience: environment().resourceManager
              }
            }
          }
          Write: {
            type: 'Http'
            runAfter: {
              Read: ['Succeeded']
            }
            inputs: {
              method: 'PATCH'
              uri: site
              body: {
                properties: {
                  functionAppConfig: '@setProperty(body(\'Read\')?[\'properties\']?[\'functionAppConfig\'], \'scaleAndConcurrency\', setProperty(body(\'Read\')?[\'properties\']?[\'functionAppConfig\']?[\'scaleAndConcurrency\'], \'alwaysReady\', outputs(\'Ready\')))'
                }
              }
              authentication: {
                type: 'ManagedServiceIdentity'
                identity: identityId
                audience: environment().resourceManager
              }
            }
          }
        }
      }
    }
  }
]
