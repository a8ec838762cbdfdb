namespace Sweeps.Compute.Kernels.EmpiricalScore;

/// <summary>A run of training points of one class on a device.</summary>
/// <param name="First">Its first place.</param>
/// <param name="Points">How many.</param>
/// <param name="Side">Their class: 0 for +, 1 for −.</param>
internal readonly record struct PointPanel(int First, int Points, int Side)
{
    /// <summary>With the places behind them, which are 0, up to whole slices of terms.</summary>
    public int Filled => TileProductDevice.Filled(Points);

    /// <summary>Cuts points of a class into panels of about equal size.</summary>
    /// <param name="first">First place of the class.</param>
    /// <param name="points">How many it has.</param>
    /// <param name="side">The class.</param>
    /// <param name="largest">Most points of a panel, a multiple of 128.</param>
    public static IEnumerable<PointPanel> Cut(int first, int points, int side, int largest)
    {
        if (points == 0) yield break;
        int panels = (points + largest - 1) / largest, size = (points + panels - 1) / panels;
        size = (size + 127) / 128 * 128;
        for (int done = 0; done < points; done += size) yield return new(first + done, Math.Min(size, points - done), side);
    }
}
