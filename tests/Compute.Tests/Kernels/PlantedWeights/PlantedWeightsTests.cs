using Sweeps.Compute.Kernels.PlantedWeights;
using Sweeps.Compute.Models;
using Sweeps.Compute.Tests.Models;

namespace Sweeps.Compute.Tests.Kernels.PlantedWeights;

public class PlantedWeightsTests(Xunit.Abstractions.ITestOutputHelper output)
{
    public static TheoryData<string, int> Dimensions
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (string law in Laws)
                foreach (int d in new[] { 1, 2, 3, 5, 64, 255, 256, 257 }) data.Add(law, d);
            return data;
        }
    }

    public static TheoryData<string> Laws => ["isotropic", "stiff", "drift"];

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void Every_dimension_and_training_size_follows_the_reference(string law, int dimension)
    {
        foreach (long n in new long[] { 1, 2, 11, 12, 13, 95, 96, 97, 500 }) PlantedCase.AssertParity(PlantedCase.Simd, MixtureCases.Of(law, dimension, 1), n, 5);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_number_of_queries_follows_the_reference(string law)
    {
        foreach (int queries in new[] { 0, 1, 2, 15, 16, 17, 31, 32, 33, 64, 65 }) PlantedCase.AssertParity(PlantedCase.Simd, MixtureCases.Of(law, 5, 1), 130, queries);
    }

    /// <summary>
    /// Early, exponents are 1e7 to 6e9, of which single precision keeps no digit behind the point; the planted point's is 0 exactly, and
    /// all others lie far below it. Late, the weights spread within a mode, and the other mode is as far away as ever.
    /// </summary>
    [Theory]
    [InlineData(4096, 1, 2e-6, 1.9)]
    [InlineData(1024, 3, 2e-6, 1.6)]
    [InlineData(64, 10, 2e-6, 0.9)]
    [InlineData(64, 1000, 0.02, 0.9)]
    public void However_large_the_exponents_weights_follow_the_reference(int dimension, double separation, double early, double late)
    {
        const int Queries = 20;
        double[] times = [early, late];
        foreach (string law in Laws)
        {
            GaussianMixture mixture = MixtureCases.Of(law, dimension, separation);
            WeightStatistics vector = PlantedCase.Run(PlantedCase.Simd, mixture, 200, Queries, times);
            WeightStatistics reference = PlantedCase.Run(PlantedCase.Reference, mixture, 200, Queries, times);
            Assert.Equal(Queries, reference.Participation[0], 1e-9);
            Assert.Equal(0, vector.LogSum[0]);
            Assert.Equal(Queries, vector.Participation[0]);
            Assert.Equal(Queries, vector.LargestWeight[0]);
            Assert.Equal(Queries, vector.PlantedWeight[0]);
            string where = $"{law}, t = {late}: ";
            output.WriteLine(where + reference.Participation[1] / Queries + " " + (reference.LogSum[1] - vector.LogSum[1]) / Queries);
            PlantedCase.AssertClose(reference.LogSum[1], vector.LogSum[1], 1e-4 * Queries, where + "log-sum");
            PlantedCase.AssertClose(reference.Participation[1], vector.Participation[1], 1e-4 * Queries, where + "participation");
        }
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void With_a_single_training_point_all_weight_is_its(string law, int dimension)
    {
        WeightStatistics statistics = PlantedCase.Run(PlantedCase.Simd, MixtureCases.Of(law, dimension, 1), 1, 7);
        Assert.All(statistics.LogSum, sum => Assert.Equal(0, sum));
        Assert.All(statistics.Participation, sum => Assert.Equal(7, sum));
        Assert.All(statistics.PlantedWeight, sum => Assert.Equal(7, sum));
        Assert.All(statistics.LargestWeight, sum => Assert.Equal(7, sum));
    }

    [Theory]
    [MemberData(nameof(Dimensions))]
    public void The_log_sum_is_never_negative(string law, int dimension)
    {
        double[] tiny = [1e-6, 1e-4, 1e-2, .. PlantedCase.Times];
        for (uint replica = 0; replica < 20; replica++)
        {
            WeightStatistics statistics = PlantedCase.Run(PlantedCase.Simd, MixtureCases.Of(law, dimension, 1), 60, 1, tiny, replica);
            Assert.All(statistics.LogSum, sum => Assert.True(sum >= 0, $"{sum}"));
            Assert.All(statistics.Participation, value => Assert.InRange(value, 1.0 / 60 - 1e-6, 1 + 1e-6));
            Assert.All(statistics.LargestWeight, value => Assert.InRange(value, 1.0 / 60 - 1e-6, 1));
        }
    }

    [Fact]
    public void Both_forms_agree_where_stiffness_vanishes()
    {
        // The same stream, and along the slowest direction the same frame: the very same points and queries.
        GaussianMixture round = MixtureCases.Of("isotropic", 4, 1), nearly = new(4, 1, 1, 1 + 1e-7, 0, ModeDirection.Slowest);
        WeightStatistics a = PlantedCase.Run(PlantedCase.Simd, round, 100, 3000), b = PlantedCase.Run(PlantedCase.Simd, nearly, 100, 3000);
        for (int i = 0; i < PlantedCase.Times.Length; i++)
        {
            Assert.Equal(a.LogSum[i] / 3000, b.LogSum[i] / 3000, 1e-4);
            Assert.Equal(a.Participation[i] / 3000, b.Participation[i] / 3000, 1e-4);
        }
    }
}
