using System.Collections.Immutable;
using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Sweeps.Dashboard.Api.Bodies;

/// <summary>Why a request was not done (RFC 9457).</summary>
internal sealed record ProblemBody
{
    [Description("about:blank: the status says what kind of problem it is.")]
    public string Type { get; init; } = "about:blank";

    [Description("The status in words.")]
    public required string Title { get; init; }

    public required int Status { get; init; }

    [Description("What is wrong, one sentence with the remedy.")]
    public required string Detail { get; init; }

    [Description("A word for programs, such as cancelled, completed, busy, over_budget, plan_changed or unknown_sweep.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    [Description("The mistakes of the request, where that is what is wrong: the first 100, and how many more there are.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<MistakeBody>? Mistakes { get; init; }
}
