import type { GridSearchResult } from '../../ml/model-selection/grid-search.js';
import { importanceOf, type TrainedModel } from '../../ml/model-selection/trained-model.js';
import type { AnyPanel } from '../../schema/result-document.js';
import type { ClassifySettings } from './settings.js';

/** How much each feature counts; none for a model without a sound measure. */
export function importancePanel(model: TrainedModel): AnyPanel[] {
  const found = importanceOf(model);
  if (!found) return [];
  const { features, importance } = found;
  const byClass = importance.values.length > 1;
  const series = importance.values.map((values, k) => ({
    name: byClass ? model.classes[k].name : 'malicious',
    values: Array.from(values),
  }));
  const title = importance.kind === 'coefficient' ? 'Coefficients' : 'Feature importances';
  return [
    { kind: 'importance', id: 'importance', title, data: { kind: importance.kind, features: [...features], series } },
  ];
}

/** Every point of the search with its folds; none without a choice. */
export function gridSearchPanel(search: GridSearchResult | null, settings: ClassifySettings): AnyPanel[] {
  if (!search || search.points.length === 1) return [];
  const points = search.points.map(({ params, mean, std, folds }, i) => ({
    params: { ...params },
    mean,
    std,
    folds: [...folds],
    chosen: i === search.best,
  }));
  const data = { objective: settings.objective, folds: search.points[0].folds.length, points };
  return [{ kind: 'grid-search', id: 'grid-search', title: 'Tuning', data }];
}
