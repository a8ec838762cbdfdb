namespace Sweeps.Benchmarks.Comparisons;

/// <summary>The command <c>peers [NAME…]</c>: the comparisons named, or all of them.</summary>
internal static class Peers
{
    private static readonly (string Name, Func<TimeProvider, TextWriter, int> Run)[] All =
    [
        ("score", ScoreComparison.Run),
        ("sampler", SamplerComparison.Run),
        ("normals", NormalsComparison.Run),
        ("parquet", ParquetComparison.Run),
    ];

    public static int Run(string[] names, TimeProvider time, TextWriter output, TextWriter errors)
    {
        if (names.FirstOrDefault(name => All.All(one => one.Name != name)) is string unknown)
        {
            errors.WriteLine($"peers: no comparison '{unknown}'; there are: {string.Join(", ", All.Select(one => one.Name))}");
            return 2;
        }
        int code = 0;
        foreach (var (name, run) in All.Where(one => names.Length == 0 || names.Contains(one.Name)))
        {
            output.WriteLine($"== peers {name}");
            try
            {
                code = Math.Max(code, run(time, output));
            }
            catch (PeerException missing)
            {
                errors.WriteLine($"peers {name}: {missing.Message}");
                code = 3;
            }
        }
        return code;
    }
}
