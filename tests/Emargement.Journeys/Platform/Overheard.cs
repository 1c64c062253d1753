using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;

namespace Emargement.Journeys.Platform;

/// <summary>
/// Every line that a server in this process logs while journeys travel it, at any level, and the words that none of them may hold: names,
/// addresses, passwords, codes, tokens, secrets and cookies that came by.
/// </summary>
public sealed partial class Overheard : ILoggerProvider, ISupportExternalScope
{
    private static readonly HashSet<string> Secret =
        ["secret", "ticket", "key", "code", "offer", "password", "otpauth", "activationUrl", "session-key", "token", "typed", "qr"];

    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ConcurrentDictionary<string, string> _words = new(StringComparer.Ordinal);
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    /// <param name="what">What it is, for whoever reads that it was told.</param>
    public void NeverTell(string? word, string what)
    {
        if (word is { Length: > 3 })
        {
            _words.TryAdd(word, what);
        }
    }

    /// <summary>Takes what an answer told its caller alone.</summary>
    public void NeverTell(JsonNode? answer)
    {
        switch (answer)
        {
            case JsonArray list:
                foreach (var item in list)
                {
                    NeverTell(item);
                }

                break;
            case JsonObject told:
                foreach (var (name, value) in told)
                {
                    if (Secret.Contains(name) && value is JsonValue && value.GetValueKind() == System.Text.Json.JsonValueKind.String
                        && !Word().IsMatch(value.GetValue<string>()))
                    {
                        NeverTell(value.GetValue<string>().Split('/')[^1], name);
                    }

                    NeverTell(value);
                }

                break;
        }
    }

    /// <summary>Lines that hold what nobody may read in a log.</summary>
    public IReadOnlyList<string> Told() =>
    [
        .. from line in _lines.Distinct(StringComparer.Ordinal)
           from word in _words
           where line.Contains(word.Key, StringComparison.OrdinalIgnoreCase)
               || line.Contains(Uri.EscapeDataString(word.Key), StringComparison.OrdinalIgnoreCase)
           select $"{word.Value} in: {line}",
    ];

    /// <summary>How much was heard, and how much of it was listened for.</summary>
    public (int Lines, int Words) Count => (_lines.Count, _words.Count);

    public ILogger CreateLogger(string categoryName) => new Ear(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    // A refusal's code, a kind, a state: words of the product.
    [GeneratedRegex("^[a-z]+(-[a-z]+)*$")]
    private static partial Regex Word();

    private sealed class Ear(Overheard owner, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => owner._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var scopes = new List<string>();
            owner._scopes.ForEachScope((scope, all) => all.Add($"{scope}"), scopes);
            owner._lines.Enqueue(string.Join(' ', [category, formatter(state, exception), $"{exception}", .. scopes]));
        }
    }
}
