namespace Sweeps.Grains.Datasets.Tables;

/// <summary>The type of a column's values, and the CLR type of its buffer.</summary>
public enum ColumnType
{
    /// <summary><see cref="int"/>.</summary>
    Int32,

    /// <summary><see cref="long"/>.</summary>
    Int64,

    /// <summary><see cref="float"/>.</summary>
    Float,

    /// <summary><see cref="double"/>.</summary>
    Double,

    /// <summary><see cref="bool"/>.</summary>
    Bool,

    /// <summary><see cref="string"/>, well-formed Unicode.</summary>
    Text,
}
