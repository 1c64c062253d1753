using System.Diagnostics.CodeAnalysis;

namespace Emargement.Domain.Platform;

/// <summary>A value, or the refusal that stands in its place. Faults stay exceptions.</summary>
public readonly record struct Result<T>
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    /// <summary>Goes on with the value; a refusal stays what it is.</summary>
    public async Task<Result<TOut>> ThenAsync<TOut>(Func<T, Task<Result<TOut>>> next) => IsOk ? await next(Value) : Refusal;

    /// <summary>The value made into another; a refusal stays what it is.</summary>
    public Result<TOut> Then<TOut>(Func<T, TOut> next) => IsOk ? next(Value) : Refusal;

    public static implicit operator Result<T>(T value) => FromT(value);

    public static implicit operator Result<T>(Refusal refusal) => FromRefusal(refusal);

    public static Result<T> FromT(T value) => new(value, null);

    public static Result<T> FromRefusal(Refusal refusal) => new(default, refusal);

    public TOut Match<TOut>(Func<T, TOut> ok, Func<Refusal, TOut> refused) => IsOk ? ok(Value) : refused(Refusal);
}
