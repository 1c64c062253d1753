using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Emargement.Functions.Platform.Access;

namespace Emargement.Tests.House.OpenApi;

/// <summary>The description of the API (OpenAPI 3.1), made from the functions themselves.</summary>
internal static class ApiDocument
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly Dictionary<string, string> Parameters = new(StringComparer.Ordinal)
    {
        ["org"] = "Short name of the organisation.",
        ["session"] = "Session: date, half-day and reference, such as 20261123-1-GAR-261123-G1-1-M.",
        ["learner"] = "Key of the learner's reference: every byte outside A-Z a-z 0-9 . _ - as ~ and two hexadecimal digits.",
        ["training"] = "Key of the training's reference.",
        ["account"] = "Account: its kind, ':' and the key of its reference.",
        ["region"] = "Short name of the Région.",
        ["month"] = "Month, yyyy-MM.",
        ["nda"] = "Declaration number of the organisation: 11 digits.",
        ["version"] = "Version: 'v' and its number.",
        ["file"] = "File name, as listed.",
        ["run"] = "Import run, as listed.",
        ["keyId"] = "Key, as listed.",
        ["provider"] = "Sign-in provider, as listed.",
        ["device"] = "Device, as listed.",
        ["passkey"] = "Passkey, as listed.",
        ["code"] = "Verification code printed on the sheet.",
        ["reason"] = "Code of a reason of absence, such as `ADM`.",
        ["secret"] = "Secret of a personal link.",
    };

    public static string Write(IReadOnlyList<ApiOperation> operations)
    {
        var schemas = new ApiSchemas();
        var paths = new JsonObject();
        foreach (var path in operations.GroupBy(o => o.Path))
        {
            paths[path.Key] = new JsonObject(path.Select(o => KeyValuePair.Create<string, JsonNode?>(o.Method, Operation(o, schemas))));
        }

        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Émargement",
                ["version"] = "1",
                ["description"] = "Attendance of vocational training by half-day. Refusals are RFC 7807 problems "
                    + "with a stable type and code. Instants are in UTC. Unknown members are refused.",
            },
            ["servers"] = new JsonArray(new JsonObject { ["url"] = "/" }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject([
                    .. schemas.Components.Select(c => KeyValuePair.Create(c.Key, (JsonNode?)c.Value)),
                    KeyValuePair.Create("Problem", (JsonNode?)ProblemSchema())]),
                ["securitySchemes"] = new JsonObject
                {
                    ["account"] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["in"] = "cookie",
                        ["name"] = "emargement",
                        ["description"] = "Cookie of a signed-in person or of a tablet handed round.",
                    },
                    ["key"] = new JsonObject
                    {
                        ["type"] = "http",
                        ["scheme"] = "bearer",
                        ["description"] = "API key of an organisation's or a Région's system.",
                    },
                    ["operator"] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["in"] = "header",
                        ["name"] = "X-Operator-Key",
                        ["description"] = "Key of whoever runs the service.",
                    },
                },
            },
        };
        return document.ToJsonString(Options) + "\n";
    }

    private static JsonObject Operation(ApiOperation operation, ApiSchemas schemas)
    {
        var described = new JsonObject
        {
            ["operationId"] = operation.Method == "get" || operation.Method == "post"
                || ApiOperation.All.Count(o => o.Name == operation.Name) == 1
                ? operation.Name
                : operation.Name + "_" + operation.Method,
            ["tags"] = new JsonArray(operation.Tag),
            ["summary"] = operation.Summary,
        };
        if (operation.Right is not null || operation.PublicBecause is not null)
        {
            described["description"] = operation.Right is { } right
                ? $"A key needs the right '{right}'."
                : $"Open to anyone: {operation.PublicBecause}";
        }

        described["security"] = Security(operation.Callers);
        if (operation.PathParameters.Any() || operation.Query.Count > 0)
        {
            described["parameters"] = new JsonArray([
                .. operation.PathParameters.Select(p => Parameter(p, "path")),
                .. operation.Query.Select(p => Parameter(p, "query")),
            ]);
        }

        if (operation.Body is { } body)
        {
            described["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject
                {
                    ["application/json"] = new JsonObject { ["schema"] = schemas.ReferenceTo(body), ["example"] = schemas.ExampleOf(body) },
                },
            };
        }
        else if (operation.BodyBytes.Count > 0)
        {
            described["requestBody"] = new JsonObject
            {
                ["required"] = true,
                ["content"] = new JsonObject(operation.BodyBytes.Select(b => KeyValuePair.Create<string, JsonNode?>(b, new JsonObject()))),
            };
        }

        described["responses"] = Responses(operation, schemas);
        return described;
    }

    private static JsonObject Responses(ApiOperation operation, ApiSchemas schemas)
    {
        var responses = new JsonObject();
        foreach (var status in operation.Answers.GroupBy(a => a.Status))
        {
            var response = new JsonObject { ["description"] = Description(status.Key) };
            var json = status.Where(a => a.Json is not null).Select(a => schemas.ReferenceTo(a.Json!)).ToList();
            var content = new JsonObject(
                status.Where(a => a.Bytes is not null).Select(a => KeyValuePair.Create<string, JsonNode?>(a.Bytes!, new JsonObject())));
            if (json.Count > 0)
            {
                content["application/json"] = new JsonObject
                {
                    ["schema"] = json.Count == 1 ? json[0] : new JsonObject { ["oneOf"] = new JsonArray([.. json]) },
                };
            }

            if (content.Count > 0)
            {
                response["content"] = content;
            }

            responses[status.Key.ToString(CultureInfo.InvariantCulture)] = response;
        }

        responses["default"] = new JsonObject
        {
            ["description"] = "Refused, with its reason.",
            ["content"] = new JsonObject
            {
                ["application/problem+json"] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } },
            },
        };
        return responses;
    }

    private static JsonArray Security(Callers? callers)
    {
        var schemes = new JsonArray();
        void Add(Callers any, string scheme)
        {
            if (callers is { } let && (let & any) != Callers.None)
            {
                schemes.Add(new JsonObject { [scheme] = new JsonArray() });
            }
        }

        Add(Callers.Learner | Callers.Trainer | Callers.Manager | Callers.Tablet | Callers.OneFactor, "account");
        Add(Callers.Machine | Callers.RegionKey, "key");
        Add(Callers.Operator, "operator");
        return schemes;
    }

    private static JsonObject Parameter(string name, string place)
    {
        var parameter = new JsonObject
        {
            ["name"] = name,
            ["in"] = place,
            ["required"] = place == "path",
            ["schema"] = new JsonObject { ["type"] = "string" },
        };
        if (Parameters.TryGetValue(name, out var description))
        {
            parameter["description"] = description;
        }

        return parameter;
    }

    private static string Description(int status) => status switch
    {
        201 => "Made.",
        202 => "Accepted: follow the address of Location.",
        204 => "Done.",
        503 => "The answer, when it cannot do its work.",
        _ => "The answer.",
    };

    private static JsonObject ProblemSchema() => JsonNode.Parse(
        """
        {
          "type": "object",
          "description": "RFC 7807. Other members are named values of the sentence.",
          "properties": {
            "type": { "type": "string", "description": "urn:emargement:problem: and the code." },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "detail": { "type": "string", "description": "What to do, in the language of Accept-Language." },
            "code": { "type": "string", "description": "Stable." }
          },
          "required": ["type", "title", "status", "detail", "code"]
        }
        """)!.AsObject();
}
