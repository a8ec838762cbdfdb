namespace Sweeps.Grains.Specs;

/// <summary>What a scalar stands for.</summary>
internal enum ScalarMeaning
{
    Text,
    Null,
    Truth,
    Integer,
    Real,

    /// <summary><c>.inf</c> or <c>.nan</c>.</summary>
    NotFinite,
}
