namespace Sweeps.Dashboard.Plots;

internal readonly record struct SvgAttribute(string Name, string Value)
{
    public static implicit operator SvgAttribute((string Name, string Value) pair) => new(pair.Name, pair.Value);

    public static implicit operator SvgAttribute((string Name, double Value) pair) => new(pair.Name, SvgWriter.Number(pair.Value));
}
