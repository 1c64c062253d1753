// Flex Consumption knows always-ready instances but no timetable for them. This small workflow gives one: each quarter of an hour of a
// working day's
// peaks it reads the clock, and writes the number that the clock wants into the app's scale settings when another one stands there. It
// matters neither
// how often it runs nor what a deployment wrote: within a quarter of an hour the number is right.

param location string
param tags object
param name string
param siteId string
param identityId string

@description('Windows\' name of the zone that the hours are in.')
param timeZone string

@description('Hours of the day, HH:mm in quarters, with the instances ready for HTTP calls between them.')
param peaks { from: string, until: string, instances: int }[]

@description('Instances outside of peaks.')
param alwaysReadyHttp int
param alwaysReadyDurable int

var site = '${environment().resourceManager}${substring(siteId, 1)}?api-version=2024-04-01'

// 08:30 as 830, which a workflow compares.
var times = map(peaks, peak => {
  from: int(replace(peak.from, ':', ''))
  until: int(replace(peak.until, ':', ''))
  instances: peak.instances
})
var firstHour = min(map(times, time => time.from / 100))
var lastHour = max(map(times, time => time.until / 100))
var wanted = reduce(
  times,
  string(alwaysReadyHttp),
  (otherwise, time) => join([
    'if(and(greaterOrEquals(outputs(\'Clock\'), ${time.from}), less(outputs(\'Clock\'), ${time.until})), ${time.instances}, '
    '${otherwise})'
  ], '')
)

resource timetable 'Microsoft.Logic/workflows@2019-05-01' = {
  name: 'peaks-${name}'
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
            // Without one it would run at once, beside the deployment; after one that is over it runs at its next quarter.
            startTime: '2026-01-01T00:00:00'
            timeZone: timeZone
            schedule: {
              weekDays: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
              hours: range(firstHour, lastHour - firstHour + 1)
              minutes: [0, 15, 30, 45]
            }
          }
        }
      }
      actions: {
        Clock: {
          type: 'Compose'
          inputs: '@int(convertFromUtc(utcNow(), \'${timeZone}\', \'HHmm\'))'
        }
        // Run by hand on a Sunday, it makes no peak that Monday would find.
        Wanted: {
          type: 'Compose'
          runAfter: {
            Clock: ['Succeeded']
          }
          inputs: '@if(contains(createArray(0, 6), dayOfWeek(convertFromUtc(utcNow(), \'${timeZone}\'))), ${alwaysReadyHttp}, ${wanted})'
        }
        // A group without instances is left out: the service takes none of 0.
        Ready: {
          type: 'Query'
          runAfter: {
            Wanted: ['Succeeded']
          }
          inputs: {
            from: [
              { name: 'http', instanceCount: '@outputs(\'Wanted\')' }
              { name: 'durable', instanceCount: alwaysReadyDurable }
            ]
            where: '@greater(item()[\'instanceCount\'], 0)'
          }
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
        Present: {
          type: 'Query'
          runAfter: {
            Read: ['Succeeded']
          }
          inputs: {
            from: join([
              '@coalesce(body(\'Read\')?[\'properties\']?[\'functionAppConfig\']?[\'scaleAndConcurrency\']?[\'alwaysReady\'], '
              'createArray())'
            ], '')
            where: '@equals(item()?[\'name\'], \'http\')'
          }
        }
        Differs: {
          type: 'If'
          runAfter: {
            Present: ['Succeeded']
          }
          expression: '@not(equals(if(empty(body(\'Present\')), 0, first(body(\'Present\'))?[\'instanceCount\']), outputs(\'Wanted\')))'
          actions: {
            Write: {
              type: 'Http'
              inputs: {
                method: 'PATCH'
                uri: site
                body: {
                  properties: {
                    functionAppConfig: join([
                      '@setProperty(body(\'Read\')?[\'properties\']?[\'functionAppConfig\'], \'scaleAndConcurrency\', '
                      'setProperty(body(\'Read\')?[\'properties\']?[\'functionAppConfig\']?[\'scaleAndConcurrency\'], \'alwaysReady\', '
                      'body(\'Ready\')))'
                    ], '')
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
  }
}

output id string = timetable.id
