using Sweeps.Grains.Hosts;
using Sweeps.Grains.Leases;

namespace Sweeps.Dashboard.Pages;

/// <summary>
/// What became of a request to a sweep: a word for the address of the page that comes next, and the sentence that the page makes of it.
/// No text of an address is ever shown.
/// </summary>
internal static class RequestWords
{
    private const string Refused = "refused-";

    /// <param name="done">The word if it was done: <c>paused</c>, <c>resumed</c>, <c>cancelled</c>, <c>extended</c>.</param>
    /// <param name="answer">What the server said; not <see cref="ServerAnswer.Unknown"/>.</param>
    public static string Of(string done, ServerAnswer answer) =>
        answer is ServerAnswer.Refused { Reason: var reason } ? Refused + reason.ToString().ToLowerInvariant() : done;

    /// <summary>The sentence of a word; null where there is none.</summary>
    /// <param name="word">Of an address.</param>
    /// <param name="resumeLine">The command that goes on with the run of this process when that has ended; null for a cluster.</param>
    public static (string Sentence, bool IsRefusal)? Sentence(string? word, string? resumeLine) => word switch
    {
        "submitted" => ("Submitted. Silos take it up as soon as one of their lanes is free.", false),
        "paused" => ("Paused: chunks in hand end, no others begin.", false),
        "resumed" => ("It goes on.", false),
        "cancelled" when resumeLine is not null => ($"The run ends; finished chunks stay. Go on with: {resumeLine}", false),
        "cancelled" => ("Cancelled. The rows that it has stay.", false),
        "extended" => ("The grid grows; the rows that it has stay.", false),
        not null when word.StartsWith(Refused, StringComparison.Ordinal)
            && Enum.TryParse(word[Refused.Length..], ignoreCase: true, out Refusal reason) && Enum.IsDefined(reason) =>
            (Sentence(reason, resumeLine), true),
        _ => null,
    };

    private static string Sentence(Refusal reason, string? resumeLine) => reason switch
    {
        Refusal.Cancelled when resumeLine is not null => $"The run was ended, and nothing more can be asked of it. Go on with: {resumeLine}",
        Refusal.OverBudget when resumeLine is not null =>
            $"More points failed than may; look at the causes below. Go on all the same with: {resumeLine}",
        Refusal.Cancelled => "It was cancelled, and nothing more can be asked of it; submit it again.",
        Refusal.Completed => "It is complete; there is nothing to pause, resume or cancel.",
        Refusal.Paused => "It is paused; resume it first.",
        Refusal.OverBudget => "More points failed than may; look at the causes below, then let more fail.",
        Refusal.PlanChanged => "Somebody else has extended it since this page was loaded; look at it again, and ask again.",
        _ => "It is busy at this moment; ask again.",
    };
}
