namespace Sweeps.Dashboard.Status;

/// <summary>What users ask of a sweep that is there.</summary>
internal enum SweepRequest
{
    Pause,
    Resume,
    Cancel,
    Extend,
}
