namespace Emargement.Domain.Platform;

/// <summary>Steps one after the other, of which the first refusal is the outcome.</summary>
public static class ResultTasks
{
    /// <summary>Goes on with the value; a refusal stays what it is.</summary>
    public static async Task<Result<TOut>> ThenAsync<T, TOut>(this Task<Result<T>> first, Func<T, Task<Result<TOut>>> next)
    {
        var result = await first;
        return result.IsOk ? await next(result.Value) : result.Refusal;
    }
}
