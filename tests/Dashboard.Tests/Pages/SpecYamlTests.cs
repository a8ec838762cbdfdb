using Sweeps.Compute.Experiments;
using Sweeps.Dashboard.Pages;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Tests.Pages;

public sealed class SpecYamlTests
{
    [Theory]
    [InlineData("axes: { slope: { from: 0, to: 1, count: 41 } }", "slope: { from: 0, to: 1, count: 41 }")]
    [InlineData("axes: { width: { log_from: 10, log_to: 100000, count: 30 } }", "width: { log_from: 10, log_to: 100000, count: 30 }")]
    [InlineData("axes: { slope: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14] }", "slope: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14]")]
    [InlineData("axes: { kind: [round, flat], slope: [0.1] }\nfixed: { width: 9 }\ntimes: []\nmeasure: [sum]\nseed: -5", "times: []")]
    public void A_spec_reads_back_as_the_same(string rest, string line)
    {
        var spec = SmallDataset.Read($"name: n\nexperiment: fake\n{rest}\n");

        string text = SpecYaml.Of(spec);

        Assert.Contains(line, text, StringComparison.Ordinal);
        Assert.Equal(spec.Hash, SmallDataset.Read(text).Hash);
    }

    [Fact]
    public void So_do_all_examples()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(root.FullName, "Client", "Examples"))) root = root.Parent!;
        foreach (string path in Directory.GetFiles(Path.Combine(root.FullName, "Client", "Examples"), "*.yaml"))
        {
            var spec = SpecReader.Read(File.ReadAllText(path), path, [], ExperimentCatalogue.All).Spec!;

            var again = SpecReader.Read(SpecYaml.Of(spec), path, [], ExperimentCatalogue.All);

            Assert.Equal(spec.Hash, again.Spec?.Hash);
        }
    }
}
