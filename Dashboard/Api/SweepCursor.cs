using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Sweeps.Grains.Hosts;

namespace Sweeps.Dashboard.Api;

/// <summary>The last sweep of a page, as the next page is asked for: opaque to who asks.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="Submitted">When it was submitted, so that the place is known though the sweep is no longer listed.</param>
internal sealed record SweepCursor(string Id, DateTimeOffset Submitted)
{
    private const int Longest = 400;

    public string Text => Base64Url.EncodeToString(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Submitted.UtcTicks}:{Id}")));

    /// <summary>Null if this is no cursor.</summary>
    public static SweepCursor? Read(string text)
    {
        if (text.Length is 0 or > Longest || !Base64Url.IsValid(text)) return null;
        string[] parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(text)).Split(':', 2);
        return parts is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= DateTimeOffset.MaxValue.Ticks
                ? new(id, new DateTimeOffset(number, TimeSpan.Zero))
                : null;
    }

    /// <summary>How many of the sweeps, newest first, come before the next page.</summary>
    public int PlaceIn(IReadOnlyList<ServerSweep> sweeps)
    {
        for (int i = 0; i < sweeps.Count; i++)
            if (sweeps[i].Id == Id) return i + 1;
        return sweeps.TakeWhile(sweep => sweep.SubmittedAt >= Submitted).Count();
    }
}
