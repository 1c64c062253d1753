using Emargement.Domain.Months;
using Emargement.Domain.Platform;

namespace Emargement.Web.Months;

/// <param name="Address">Of the month's page.</param>
public sealed record ChartsModel(string Address, YearMonth Month, MonthCharts Charts);

/// <summary>A row of columns under one heading.</summary>
/// <param name="Heading">Above it; null for none.</param>
public sealed record ColumnsRow(string? Heading, IReadOnlyList<ChartColumn> Columns);

/// <param name="Label">Under the column.</param>
/// <param name="Value">Above it.</param>
/// <param name="Plain">Share of the full height that is filled, 0 to 1.</param>
/// <param name="Hatched">Share above it that is hatched.</param>
public sealed record ChartColumn(string Label, string Value, double Plain, double Hatched = 0);
