using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sweeps.Silo.Chunks;

/// <summary>What a chunk's own process is asked: one line of JSON on its standard input, which stays open as long as the asker
/// lives.</summary>
/// <param name="Data">The data folder.</param>
/// <param name="Folder">The dataset's folder in it.</param>
/// <param name="SpecHash">Of the generation that the chunk is of.</param>
/// <param name="Chunk">Its number.</param>
/// <param name="Epoch">Of the lease; names what is staged.</param>
/// <param name="Threads">That compute.</param>
/// <param name="Device">As for <c>--device</c>.</param>
internal sealed record ChunkRequest(string Data, string Folder, string SpecHash, int Chunk, long Epoch, int Threads, string Device)
{
    public string ToLine() => JsonSerializer.Serialize(this, ChunkJson.Default.ChunkRequest);

    /// <returns>Null if it is none.</returns>
    public static ChunkRequest? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ChunkJson.Default.ChunkRequest)
                is { Data: not null, Folder: not null, SpecHash: not null, Device: not null } read
                ? read
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Its answer, when the part is whole in staging: one line of JSON on standard output.</summary>
/// <param name="Done">Points with a row.</param>
/// <param name="Failed">Points without one.</param>
internal sealed record ChunkAnswer(long Done, long Failed)
{
    public string ToLine() => JsonSerializer.Serialize(this, ChunkJson.Default.ChunkAnswer);

    /// <returns>Null if it is none.</returns>
    public static ChunkAnswer? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, ChunkJson.Default.ChunkAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ChunkRequest))]
[JsonSerializable(typeof(ChunkAnswer))]
internal sealed partial class ChunkJson : JsonSerializerContext;
