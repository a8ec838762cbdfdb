using System.Globalization;
using Sweeps.Grains.Hosts.Postgres;

namespace Sweeps.Benchmarks.Orchestration;

/// <summary>What <c>cluster</c> is asked for.</summary>
internal sealed record ClusterOptions
{
    public static readonly string[] AllParts = ["cycles", "dask", "hour"];

    public const string Usage = """
        cluster --server-file FILE --postmaster PID [PART…] [OPTION…]
          parts: cycles, dask, hour; without one, all
          --seconds 10 --warm-up 2       of each case of cycles
          --claimers 1,8,64 --batches 1,16
          --workers 1000 --minutes 60    of virtual time
          --longest 3600                 real seconds after which the virtual hour is broken off
        """;

    /// <summary>Of a superuser, to an empty database.</summary>
    public required PostgresAddress Server { get; init; }

    /// <summary>The server's first process, parent of all others.</summary>
    public required int Postmaster { get; init; }

    public string[] Parts { get; init; } = [];

    public double Seconds { get; init; } = 10;

    public double WarmUp { get; init; } = 2;

    public int[] Claimers { get; init; } = [1, 8, 64];

    public int[] Batches { get; init; } = [1, 16];

    public int Workers { get; init; } = 1000;

    public double Minutes { get; init; } = 60;

    public double Longest { get; init; } = 3600;

    /// <summary>Null, and what is wrong, where that cannot be read.</summary>
    public static ClusterOptions? Parse(string[] arguments, out string mistake)
    {
        mistake = "";
        var options = new ClusterOptions { Server = null!, Postmaster = 0 };
        for (int i = 0; i < arguments.Length; i++)
        {
            if (AllParts.Contains(arguments[i]))
            {
                options = options with { Parts = [.. options.Parts, arguments[i]] };
                continue;
            }
            string name = arguments[i], value = ++i < arguments.Length ? arguments[i] : "";
            if (options.With(name, value) is not { } next)
            {
                mistake = $"'{name} {value}' is not understood\n{Usage}";
                return null;
            }
            options = next;
        }
        if (options.Server is not null && options.Postmaster > 0)
            return options.Parts.Length > 0 ? options : options with { Parts = AllParts };
        mistake = $"--server-file and --postmaster are needed; tests/Benchmarks/cluster starts a server and gives both\n{Usage}";
        return null;
    }

    private ClusterOptions? With(string name, string value) => name switch
    {
        "--server-file" => Address(value) is { } address ? this with { Server = address } : null,
        "--postmaster" => Whole(value) is { } pid ? this with { Postmaster = pid } : null,
        "--seconds" => Number(value) is { } seconds ? this with { Seconds = seconds } : null,
        "--warm-up" => Number(value) is { } seconds ? this with { WarmUp = seconds } : null,
        "--claimers" => Several(value) is { } counts ? this with { Claimers = counts } : null,
        "--batches" => Several(value) is { } counts ? this with { Batches = counts } : null,
        "--workers" => Whole(value) is { } workers ? this with { Workers = workers } : null,
        "--minutes" => Number(value) is { } minutes ? this with { Minutes = minutes } : null,
        "--longest" => Number(value) is { } seconds ? this with { Longest = seconds } : null,
        _ => null,
    };

    private static PostgresAddress? Address(string file) =>
        File.Exists(file) && PostgresAddress.TryParse(File.ReadAllText(file).Trim(), out var address, out _) ? address : null;

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number is > 0 and <= 1e6 ? number : null;

    private static int? Whole(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 ? number : null;

    private static int[]? Several(string text)
    {
        int?[] numbers = [.. text.Split(',').Select(Whole)];
        return numbers.All(number => number is not null) ? [.. numbers.Select(number => number!.Value)] : null;
    }
}
