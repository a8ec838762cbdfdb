namespace Sweeps.Dashboard.Plots;

/// <summary>The words along an axis: label, and in brackets the unit with the power of ten that the tick labels leave out.</summary>
internal static class AxisTitle
{
    public static string Of(string label, string unit, int exponent)
    {
        string power = exponent == 0 ? "" : NumberLabels.PowerOfTen(exponent);
        string shown = unit is "1" or "" ? "" : unit;
        string brackets = string.Join(' ', new[] { power, shown }.Where(part => part.Length > 0));
        return brackets.Length == 0 ? label : $"{label} [{brackets}]";
    }
}
