using Sweeps.Compute.Experiments;
using Sweeps.Grains.Hosts;
using Sweeps.Grains.Planning;
using Sweeps.Grains.Specs;

namespace Sweeps.Dashboard.Status;

/// <summary>A sweep on a cluster, and the spec that it is asked to grow to.</summary>
/// <param name="From">Hash of the spec that was compared.</param>
/// <param name="IsNew">Whether there is anything to do: false if the sweep has these points already.</param>
internal sealed record SpecExtension(string From, bool IsNew)
{
    /// <summary>Compares the specs; every difference that makes it another sweep is told.</summary>
    public static Checked<SpecExtension> Of(ServerSweep sweep, SweepSpec larger, IReadOnlyCollection<IExperiment> catalogue)
    {
        var stored = SweepSpec.FromJson(sweep.SpecJson, $"the spec of {sweep.Id}", catalogue);
        if (!stored.IsValid)
            return Checked<SpecExtension>.Wrong($"{sweep.Id} was submitted by version {Shown.OneLine(sweep.SoftwareVersion)}, and this "
                + $"version cannot read its spec ({Shown.OneLine(stored.Mistakes[0].Message)}); extend it with that version");
        return SpecComparison.Compare(stored.Spec, larger) switch
        {
            SpecComparison.Different { Differences: var differences } => Checked<SpecExtension>.Wrong(differences.Select(difference =>
                $"{sweep.Id} is another sweep: {difference}; submit this one for itself")),
            var same => Checked<SpecExtension>.Right(new(stored.Spec.Hash, same is not SpecComparison.Same)),
        };
    }
}
