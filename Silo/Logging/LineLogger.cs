using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Sweeps.Grains.Specs;
using Sweeps.Silo.Settings;

namespace Sweeps.Silo.Logging;

/// <summary>A log of one line per message: UTC time, level, event number, text; or a JSON object with the message's values beside
/// it.</summary>
internal sealed class LineLogger(TextWriter output, LogForm form, TimeProvider time) : ILogger
{
    private readonly Lock gate = new();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Information and < LogLevel.None;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel)) return;
        string at = time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        string text = formatter(state, exception);
        string line = form is LogForm.Json ? Json(at, logLevel, eventId, text, state, exception)
            : Text(at, logLevel, eventId, text, exception);
        lock (gate) output.WriteLine(line);
    }

    private static string Text(string at, LogLevel level, EventId id, string text, Exception? exception) => string.Create(
        CultureInfo.InvariantCulture,
        $"{at} {Word(level)} [{id.Id}] {Shown.OneLine(text)}{(exception is null ? "" : " | " + Shown.OneLine(exception.ToString()))}");

    private static string Json<TState>(string at, LogLevel level, EventId id, string text, TState state, Exception? exception)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("time", at);
            json.WriteString("level", Word(level));
            json.WriteNumber("event_id", id.Id);
            json.WriteString("event", id.Name);
            json.WriteString("message", text);
            if (state is IReadOnlyList<KeyValuePair<string, object?>> values)
                foreach (var (name, value) in values)
                    if (name != "{OriginalFormat}") Write(json, JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value);
            if (exception is not null) json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // Numbers as numbers, for those who compare them; JSON has no infinities.
    private static void Write(Utf8JsonWriter json, string name, object? value)
    {
        if (value is int whole) json.WriteNumber(name, whole);
        else if (value is double number && double.IsFinite(number)) json.WriteNumber(name, number);
        else json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "");
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Information => "info",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        _ => "debug",
    };
}
