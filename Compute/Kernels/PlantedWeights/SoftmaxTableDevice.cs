using Sweeps.Compute.Devices;

namespace Sweeps.Compute.Kernels.PlantedWeights;

/// <summary>
/// Softmax states of all (time, query) on a device, and the results of a panel's segments that are to be taken into them.
/// </summary>
internal sealed class SoftmaxTableDevice : IDisposable
{
    public const int Segment = 128;

    private readonly IDeviceKernel take;
    private readonly IDeviceQueue queue;
    private readonly int width;

    /// <param name="device">Where.</param>
    /// <param name="queue">Queue.</param>
    /// <param name="module">The texts of planted weights.</param>
    /// <param name="states">How many.</param>
    /// <param name="width">States that a launch serves; divides <paramref name="states"/>.</param>
    /// <param name="points">Most points of a panel.</param>
    public SoftmaxTableDevice(IDevice device, IDeviceQueue queue, IDeviceModule module, int states, int width, int points)
    {
        (this.queue, this.width) = (queue, width);
        take = module.Kernel("take_segments");
        States = new(device, 3L * states);
        try
        {
            Partials = new(device, 4L * Segments(points) * width);
        }
        catch
        {
            States.Dispose();
            throw;
        }
    }

    /// <summary>[3][states]: largest exponent, and relative to it Σ w and Σ w².</summary>
    public DeviceArray<float> States { get; }

    /// <summary>[4][segment][width]: reference, largest exponent, Σ w, Σ w².</summary>
    public DeviceArray<float> Partials { get; }

    public static int Segments(int points) => (points + Segment - 1) / Segment;

    /// <summary>Takes the segments of a panel into states <paramref name="first"/> and on.</summary>
    /// <param name="first">First state.</param>
    /// <param name="points">Points of the panel.</param>
    /// <param name="begins">Whether nothing was taken in before.</param>
    public void Take(int first, int points, bool begins) => queue.Launch(
        take, new((width + take.GroupSize - 1) / take.GroupSize), States, Partials, (ulong)first, (ulong)(States.Length / 3), width,
        Segments(points),
        begins ? 1 : 0);

    public float[] Read()
    {
        var states = new float[States.Length];
        States.Read(queue, states);
        return states;
    }

    public void Dispose()
    {
        States.Dispose();
        Partials.Dispose();
    }
}
