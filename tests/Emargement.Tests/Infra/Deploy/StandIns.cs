using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Emargement.Tests.Infra.Deploy;

/// <summary>A call of a program by a script under test.</summary>
/// <param name="Folder">The folder that it was called in.</param>
/// <param name="Environment">Variables whose names begin with EMARGEMENT_.</param>
internal sealed record ProgramCall(
    string Program, IReadOnlyList<string> Words, string Folder, IReadOnlyDictionary<string, string> Environment)
{
    public string Line => string.Join(' ', [Program, .. Words]);

    /// <summary>The word after an option, or null without it.</summary>
    public string? Option(string name)
    {
        var at = Words.ToList().IndexOf(name);
        return at >= 0 && at + 1 < Words.Count ? Words[at + 1] : null;
    }

    public bool Begins(string words) => Line.StartsWith($"{Program} {words}", StringComparison.Ordinal);
}

/// <summary>What a program answers.</summary>
internal sealed record ProgramAnswer(string Out = "", string Error = "", int Code = 0);

/// <summary>
/// Programs on the path of a script under test, which ask this process what to answer: no process of theirs lives on, and a test reads
/// their state as it is.
/// </summary>
internal sealed class StandIns : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<ProgramCall, ProgramAnswer> _answer;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _listening;

    public StandIns(string folder, IEnumerable<string> programs, Func<ProgramCall, ProgramAnswer> answer)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _answer = answer;
        _listener.Start();
        foreach (var program in programs)
        {
            Write(program, Script(((IPEndPoint)_listener.LocalEndpoint).Port));
        }

        _listening = ListenAsync();
    }

    /// <summary>To be put before the path.</summary>
    public string Folder { get; }

    /// <summary>Puts a program there.</summary>
    public void Write(string program, string script)
    {
        var file = Path.Combine(Folder, program);
        File.WriteAllText(file, script);
        // Where bash is, files have modes; the compiler asks for the word.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _listening;
        _listener.Stop();
        _ended.Dispose();
    }

    /// <summary>
    /// Sends the words of the call, the content of what it was given as an open file, the folder and the variables; prints the answer.
    /// </summary>
    private static string Script(int port) => $$"""
        #!/usr/bin/env bash
        exec 3<>/dev/tcp/127.0.0.1/{{port}}
        words=()
        for word in "$@"; do
          case $word in /dev/fd/*) word=$(<"$word") ;; esac
          words+=("$word")
        done
        # Hundreds of calls are made in one test: nothing here starts another program.
        variables=
        for name in "${!EMARGEMENT_@}"; do variables+=$name=${!name}$'\n'; done
        printf '%s\0' "$#" "${0##*/}" "${words[@]}" "$PWD" "$variables" >&3
        IFS= read -r -d '' out <&3
        IFS= read -r -d '' error <&3
        IFS= read -r -d '' code <&3
        printf '%s' "$out"
        printf '%s' "$error" >&2
        exit "$code"
        """;

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_ended.Token);
                var stream = client.GetStream();
                await AnswerAsync(new BufferedStream(stream), stream);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task AnswerAsync(BufferedStream asked, NetworkStream stream)
    {
        var count = int.Parse(await ReadAsync(asked));
        var program = await ReadAsync(asked);
        var words = new List<string>();
        for (var i = 0; i < count; i++)
        {
            words.Add(await ReadAsync(asked));
        }

        var folder = await ReadAsync(asked);
        var variables = (await ReadAsync(asked)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('=', 2));
        ProgramAnswer answer;
        try
        {
            answer = _answer(new ProgramCall(program, words, folder, variables.ToDictionary(v => v[0], v => v[1])));
        }
        catch (Exception fault)
        {
            // A fault of the stand-in itself shows in what the script says.
            answer = new ProgramAnswer(Error: fault.ToString(), Code: 99);
        }

        await stream.WriteAsync(Encoding.UTF8.GetBytes($"{answer.Out}\0{answer.Error}\0{answer.Code}\0"));
    }

    private static async Task<string> ReadAsync(BufferedStream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one) == 1 && one[0] != 0)
        {
            bytes.Add(one[0]);
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
