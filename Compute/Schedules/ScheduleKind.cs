namespace Sweeps.Compute.Schedules;

/// <summary>The schedules that a spec can name.</summary>
public enum ScheduleKind
{
    /// <summary><c>ou</c>: <see cref="OuSchedule"/>.</summary>
    Ou,

    /// <summary><c>vp-linear</c>: <see cref="VpLinearSchedule"/>.</summary>
    VpLinear,

    /// <summary><c>cosine</c>: <see cref="CosineSchedule"/>.</summary>
    Cosine,

    /// <summary><c>edm</c>: <see cref="EdmSchedule"/>.</summary>
    Edm,

    /// <summary><c>entropy-aware</c>: <see cref="EntropyAwareSchedule"/>.</summary>
    EntropyAware,
}
