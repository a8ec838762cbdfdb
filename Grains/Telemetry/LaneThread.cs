namespace Sweeps.Grains.Telemetry;

/// <summary>How a thread of a lane spends its time; for that thread alone.</summary>
internal sealed class LaneThread(LaneRecorder lane)
{
    private readonly TimeProvider time = lane.Time;
    private long toldUntil = lane.Time.GetTimestamp();
    private long inKernels;

    public long Now => time.GetTimestamp();

    /// <summary>It computed from then until now.</summary>
    public void Computed(long since) => inKernels += time.GetTimestamp() - since;

    /// <summary>Adds to the lane's figures what has come together since the last time.</summary>
    public void Tell()
    {
        long now = time.GetTimestamp();
        lane.Spent(time.GetElapsedTime(0, inKernels), time.GetElapsedTime(toldUntil, now));
        (toldUntil, inKernels) = (now, 0);
    }
}
