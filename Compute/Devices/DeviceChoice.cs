using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Sweeps.Compute.Devices;

/// <summary>What a user asks for by <c>--device</c>: <c>auto</c>, <c>cpu</c>, <c>opencl[:i]</c> or <c>cuda[:i]</c>.</summary>
internal sealed record DeviceChoice
{
    public static readonly DeviceChoice Auto = new("auto", null, null);

    public static readonly DeviceChoice Processor = new("cpu", null, null);

    private readonly string word;

    private DeviceChoice(string word, DeviceKind? kind, int? index) => (this.word, Kind, Index) = (word, kind, index);

    /// <summary>Null for <c>auto</c> and <c>cpu</c>.</summary>
    public DeviceKind? Kind { get; }

    /// <summary>Null: the first of its kind.</summary>
    public int? Index { get; }

    /// <summary>Whether a device is of this kind and, if one was given, has this number.</summary>
    public bool Names(DeviceDescription device) => device.Kind == Kind && (Index is null || device.Index == Index);

    public override string ToString() => word;

    /// <param name="text">What the user wrote.</param>
    /// <param name="choice">What it means.</param>
    /// <param name="mistake">One sentence, where it means nothing.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out DeviceChoice? choice, [NotNullWhen(false)] out string? mistake)
    {
        (choice, mistake) = (Of(text), null);
        if (choice is null)
            mistake = $"'{text}' is no device: write auto, cpu, opencl, cuda, or one of several by its number, as in opencl:0";
        return choice is not null;
    }

    private static DeviceChoice? Of(string text)
    {
        if (text == Auto.word) return Auto;
        if (text == Processor.word) return Processor;
        foreach (DeviceKind kind in Enum.GetValues<DeviceKind>())
        {
            if (text == kind.Word()) return new(text, kind, null);
            if (text.StartsWith(kind.Word() + ":", StringComparison.Ordinal)
                && int.TryParse(text.AsSpan(kind.Word().Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int index))
                return new(text, kind, index);
        }
        return null;
    }
}
