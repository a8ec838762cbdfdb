using System.Collections.Immutable;
using Sweeps.Compute.Random;
using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Benchmarks.Tables;

/// <summary>
/// Rows of the shape and entropy that <c>points</c> has: the grid index, two axes, a word, and a measured quantity with its four
/// companions. Measured values carry noise in all their 52 bits; 2 % of them and of what follows from them are null, as where a quantity
/// does not occur.
/// </summary>
internal static class SampleTable
{
    /// <summary>Rows of a row group, as the merged files of a dataset have.</summary>
    public const int GroupRows = 1 << 20;

    private const double NullShare = 0.02;
    private static readonly string[] Words = ["ou", "vp-linear", "cosine", "edm", "entropy-aware"];

    public static TableSchema Schema { get; } = new(
    [
        new("point", ColumnType.Int64),
        new("separation", ColumnType.Double),
        new("drift", ColumnType.Double),
        new("schedule", ColumnType.Text),
        new("t_speciation", ColumnType.Double, true, "OU time"),
        new("t_speciation_se", ColumnType.Double, true, "OU time"),
        new("t_speciation_theory", ColumnType.Double, false, "OU time"),
        new("t_speciation_shift", ColumnType.Double, true, "OU time"),
        new("t_speciation_z", ColumnType.Double, true, "1"),
    ]);

    /// <summary>What the columns are, for the head of a table.</summary>
    public static string Description => """
        point (int64, 0, 1, 2, …), separation and drift (doubles, axes of 400
                  and 200 values), schedule (5 words in runs of 200), t_speciation, its _se, _theory, _shift and _z (doubles, noise
                  in every bit; 2 % of rows null but for _theory);
        """;

    public static ImmutableArray<TableBatch> Make(int rows) =>
    [
        .. Enumerable.Range(0, (rows + GroupRows - 1) / GroupRows)
            .Select(group => Group(group, Math.Min(GroupRows, rows - group * GroupRows))),
    ];

    private static TableBatch Group(int group, int rows)
    {
        var batch = new TableBatch(Schema, rows);
        RandomStream stream = RandomStream.Of(1, "benchmark\n", "table").At((uint)group);
        var noise = new float[4 * rows];
        NormalsSimd.Fill(stream, 0, noise);
        long first = (long)group * GroupRows;
        for (int i = 0; i < rows; i++)
        {
            long point = first + i;
            double drift = point % 200 * 0.0075, separation = 0.5 + point / 1000 % 400 * 0.00375;
            batch.Column<long>("point").Append(point);
            batch.Column<double>("separation").Append(Math.Round(separation, 12));
            batch.Column<double>("drift").Append(Math.Round(drift, 12));
            batch.Column<string>("schedule").Append(Words[(int)(point / 200 % Words.Length)]);
            double theory = 0.5 * Math.Log(64 * separation * separation) * Math.Exp(-0.4 * drift) + 1e-6 * noise[4 * i + 3];
            batch.Column<double>("t_speciation_theory").Append(theory);
            bool none = RandomStream.ToUniform(stream.At(0, 1).Word((ulong)i)) < NullShare;
            double se = 0.0132 * (1 + noise[4 * i] / Math.Sqrt(62)), value = theory + se * (noise[4 * i + 1] + 1e-8 * noise[4 * i + 2]);
            Append("t_speciation", value);
            Append("t_speciation_se", se);
            Append("t_speciation_shift", value - theory);
            Append("t_speciation_z", (value - theory) / se);

            void Append(string name, double x)
            {
                if (none) batch.Column<double>(name).AppendNull();
                else batch.Column<double>(name).Append(x);
            }
        }
        return batch;
    }
}
