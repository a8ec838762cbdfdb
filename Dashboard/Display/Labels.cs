using Sweeps.Compute.Experiments;

namespace Sweeps.Dashboard.Display;

/// <summary>What keys, quantities and observables are called in figures: a phrase and the field's symbol.</summary>
internal static class Labels
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["dimension"] = "dimension d",
        ["separation"] = "separation μ",
        ["sigma"] = "width σ",
        ["horizon"] = "horizon T",
        ["steps"] = "steps N",
        ["drift"] = "drift γ",
        ["stiffness"] = "stiffness κ",
        ["training_points"] = "training points n",
        ["t_speciation"] = "speciation time t_{S}",
        ["s_speciation"] = "speciation on the schedule s_{S}",
        ["t_entropy_peak"] = "time of the entropy-rate peak t_{H}",
        ["t_commit"] = "commitment time",
        ["t_commit_q25"] = "commitment time, lower quartile",
        ["t_commit_q75"] = "commitment time, upper quartile",
        ["t_collapse"] = "collapse time t_{C}",
        ["t_collapse_rem"] = "collapse time t_{C}, without the class bit",
        ["t_collapse_clone"] = "collapse time of clones t_{C}",
        ["memorised_fraction"] = "memorised fraction",
        ["clone_probability"] = "clone probability φ",
        ["class_entropy"] = "class entropy H",
        ["participation"] = "participation Y",
        ["collapse_clone_probability"] = "clone probability of training points",
    };

    public static string Of(string name) => Known.TryGetValue(name, out string? label) ? label : name.Replace('_', ' ');

    /// <summary><c>separation μ = 1.5</c>, with the unit where there is one.</summary>
    public static string Of(ExperimentKey key, KeyValue value) =>
        $"{Of(key.Name)} {(value.Kind is KeyKind.Choice ? "" : "= ")}{Short(value)}{(key.Unit is "1" or "" ? "" : $" {key.Unit}")}";

    public static string Short(KeyValue value) => value.Kind is KeyKind.Real ? Numbers.Significant(value.AsReal(), 6) : value.ToString();
}
