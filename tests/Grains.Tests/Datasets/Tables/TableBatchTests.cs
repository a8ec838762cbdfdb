using Sweeps.Grains.Datasets.Tables;

namespace Sweeps.Grains.Tests.Datasets.Tables;

public sealed class TableBatchTests
{
    private static readonly TableSchema Schema = new([new("point", ColumnType.Int64), new("value", ColumnType.Double, Nullable: true)]);

    [Fact]
    public void A_row_that_is_not_whole_is_refused_by_the_columns_name()
    {
        var batch = new TableBatch(Schema);
        batch.Column<long>("point").Append(1);
        var mistake = Assert.Throws<ArgumentException>(batch.Check);
        Assert.Equal("column 'value' has 0 rows, column 'point' has 1", mistake.Message);
    }

    [Fact]
    public void A_null_where_there_must_be_a_value_is_refused()
    {
        var batch = new TableBatch(Schema);
        batch.Column<long>("point").AppendNull();
        batch.Column<double>("value").AppendNull();
        Assert.Equal("column 'point' is not nullable, but 1 rows have no value", Assert.Throws<ArgumentException>(batch.Check).Message);
    }

    [Fact]
    public void Columns_are_found_by_name_and_type()
    {
        var batch = new TableBatch(Schema);
        string unknown = Assert.Throws<ArgumentException>(() => batch.Column<int>("pint")).Message;
        Assert.Contains("there are: point, value", unknown, StringComparison.Ordinal);
        string mistyped = Assert.Throws<ArgumentException>(() => batch.Column<int>("point")).Message;
        Assert.Contains("is Int64, not Int32", mistyped, StringComparison.Ordinal);
    }

    [Fact]
    public void A_schema_has_columns_with_names_of_their_own()
    {
        Assert.Throws<ArgumentException>(() => new TableSchema([]));
        Assert.Throws<ArgumentException>(() => new TableSchema([new("", ColumnType.Int32)]));
        Assert.Throws<ArgumentException>(() => new TableSchema([new("a", ColumnType.Int32), new("a", ColumnType.Text)]));
    }
}
